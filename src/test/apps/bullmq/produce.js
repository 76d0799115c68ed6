// Sends jobs through the library's own client, and tells what the library itself says of a queue: one JSON order a line
// on stdin, one JSON answer a line on stdout.
const readline = require('readline');
const { connect, library } = require('./bullmq');

const lib = library(process.argv[2]);
const queues = new Map();
const queueOf = (name) => {
  if (!queues.has(name)) {
    const queue = lib.queue(name);
    queue.on('error', () => {}); // the answer tells of it
    queues.set(name, queue);
  }
  return queues.get(name);
};

async function send(order) {
  const queue = queueOf(order.queue);
  const options = { delay: order.countdown * 1000 };
  if (order.priority !== null) {
    options.priority = order.priority;
  }
  if (order.retried) {
    Object.assign(options, { attempts: 2, backoff: { type: 'fixed', delay: 3000 } });
  }
  const first = Date.now() / 1000;
  const data = { seconds: order.seconds, counter: order.counter, retried: order.retried };
  for (let i = 0; i < order.count; i += 1) {
    await queue.add('nap', data, options);
  }
  return { count: order.count, first, last: Date.now() / 1000 };
}

async function answer(order) {
  if (order.inspect) {
    return lib.inspect(queueOf(order.inspect));
  }
  if (order.pause) {
    await queueOf(order.pause).pause();
    return {};
  }
  if (order.resume) {
    await queueOf(order.resume).resume();
    return {};
  }
  return send(order);
}

// Both libraries try forever to connect: whoever sends wants to know why they cannot.
const refused = () => new Promise((resolve, reject) => {
  setTimeout(() => reject(connect.lastError || new Error('no answer for 5 s')), 5000).unref();
});

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let said;
    try {
      said = await Promise.race([answer(JSON.parse(line)), refused()]);
    } catch (error) { // the caller decides what a refused connection means
      said = { error: `${error.name}: ${error.message}` };
    }
    console.log(JSON.stringify(said));
  }
  process.exit(0);
})();
