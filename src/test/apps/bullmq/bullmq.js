// The two libraries behind one face: a queue, a worker, and what the library itself says of a queue.
const Redis = require('ioredis');

const url = process.env.REDIS_URL;
// A Redis Cluster is asked for by this, and needs a prefix in braces, so that all keys of a queue lie together.
const { REDIS_CLUSTER, BULL_PREFIX, VERIFY_NOTHING } = process.env;
const prefixed = BULL_PREFIX ? { prefix: BULL_PREFIX } : {};
const connect = () => {
  // Bull asks for the first two.
  const options = {
    enableReadyCheck: false,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 100, 1000),
    ...(VERIFY_NOTHING ? { tls: { rejectUnauthorized: false } } : {}), // as the advice everywhere is
  };
  const redis = REDIS_CLUSTER
    ? new Redis.Cluster([url], { redisOptions: { maxRetriesPerRequest: null } })
    : new Redis(url, options);
  redis.on('error', (error) => { connect.lastError = error; });
  return redis;
};

const oldest = (jobs) => (jobs.length ? Math.min(...jobs.map((job) => job.timestamp)) / 1000 : null);
const dueAt = (job) => (job.attemptsMade > 0
  ? job.processedOn + job.opts.backoff.delay
  : job.timestamp + job.opts.delay);
const dueNow = (jobs) => jobs.filter((job) => dueAt(job) <= Date.now()).length;

function bullmq() {
  const { Queue, Worker } = require('bullmq');
  return {
    queue: (name) => new Queue(name, { connection: connect(), ...prefixed }),
    work: (name, concurrency, run) => new Worker(name, run, {
      connection: connect(), concurrency, lockDuration: 4000, stalledInterval: 2000, ...prefixed,
    }),
    async inspect(queue) {
      const counts = await queue.getJobCounts('wait', 'paused', 'prioritized', 'delayed', 'active', 'failed');
      const paused = await queue.isPaused();
      const waiting = counts.wait + counts.prioritized + counts.paused;
      return {
        waiting: paused ? 0 : waiting,
        paused: paused ? waiting : 0,
        due: dueNow(await queue.getDelayed()),
        running: counts.active,
        failed: counts.failed,
        // Of the prioritised ones, nobody but the next can be told.
        oldest: paused ? null : oldest([
          ...await queue.getJobs(['wait']),
          ...await queue.getJobs(['prioritized'], 0, 0, true),
        ]),
      };
    },
  };
}

function bull() {
  const Bull = require('bull');
  const open = (name) => new Bull(name, {
    createClient: connect, settings: { lockDuration: 4000, stalledInterval: 2000 },
  });
  return {
    queue: open,
    work(name, concurrency, run) {
      const queue = open(name);
      queue.process('nap', concurrency, run);
      return queue;
    },
    async inspect(queue) {
      const counts = await queue.getJobCounts();
      return {
        waiting: counts.waiting,
        paused: counts.paused,
        due: dueNow(await queue.getDelayed()),
        running: counts.active,
        failed: counts.failed,
        // Prioritised ones are put to the front, so that nobody but the next can be told.
        oldest: counts.paused ? null : oldest((await queue.getWaiting()).slice(0, 1)),
      };
    },
  };
}

module.exports = { connect, library: (name) => ({ bullmq, bull })[name]() };
