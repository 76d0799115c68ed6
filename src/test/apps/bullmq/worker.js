// A worker as a user's image has it: LIBRARY QUEUE... Its queues, where it is told none, and its concurrency
// are in variables. Each job counts itself in the broker's database when its work is done, so that jobs done can be compared
// with jobs sent. TERM lets what runs be finished: neither library does so by itself.
const { connect, library } = require('./bullmq');

const [name, ...named] = process.argv.slice(2);
const queues = named.length ? named : process.env.WORKERPOOL_QUEUES.split(',');
const redis = connect();
const sleep = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

async function nap(job) {
  if (job.data.retried && job.attemptsMade === 0) {
    throw new Error('the first try fails');
  }
  await sleep(job.data.seconds);
  await redis.incr(job.data.counter);
}

const concurrency = Number(process.env.WORKERPOOL_CONCURRENCY || 1);
const workers = queues.map((queue) => library(name).work(queue, concurrency, nap));
workers.forEach((worker) => worker.on('error', (error) => console.log(error.message)));
process.on('SIGTERM', async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  process.exit(0);
});
