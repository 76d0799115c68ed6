// Connects, and says in one line what came of it.
const Redis = require('ioredis');

async function attempt(what, url, options = {}) {
  const redis = new Redis(url, { retryStrategy: () => null, maxRetriesPerRequest: 0, lazyConnect: true, ...options });
  let error;
  redis.on('error', (each) => { error = error || each; });
  try {
    await redis.connect();
    console.log(`${what}: ${await redis.ping() === 'PONG' ? 'connects' : 'no answer'}`);
  } catch (closed) {
    console.log(`${what}: refused: ${(error || closed).message} ${(error || closed).code || ''}`);
  } finally {
    redis.disconnect();
  }
}

module.exports = { attempt };
