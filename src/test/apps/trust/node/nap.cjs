// Does a job in its sandbox, with a connection of its own.
const Redis = require('ioredis');

module.exports = async (job) => {
  const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 1 });
  await redis.incr(job.data.counter);
  redis.disconnect();
};
