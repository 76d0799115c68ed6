// A BullMQ worker whose jobs are done by a file of their own, in a process or a thread: QUEUE process|thread
const path = require('path');
const Redis = require('ioredis');
const { Worker } = require('bullmq');

const [queue, kind] = process.argv.slice(2);
const connection = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null });
connection.on('error', (error) => console.log(error.message));
const worker = new Worker(queue, path.join(__dirname, 'nap.cjs'), { connection, useWorkerThreads: kind === 'thread' });
worker.on('failed', (job, error) => console.log(error.message));
