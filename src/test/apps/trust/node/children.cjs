// The broker's connection in threads and processes that this one starts: URL
const { fork, spawn } = require('child_process');
const cluster = require('cluster');
const { isMainThread, SHARE_ENV, Worker } = require('worker_threads');
const { attempt } = require('./attempt.cjs');

const [url, what] = process.argv.slice(2);
const careless = { tls: { rejectUnauthorized: false } };
const { NODE_PATH, PATH } = process.env;
const env = { NODE_PATH, PATH }; // an environment that the app makes itself
const done = (child) => new Promise((resolve) => { child.once('exit', resolve); });
const thread = (name, options) => done(new Worker(__filename, { argv: [url, name], ...options }));
const forked = (name, options) => done(fork(__filename, [url, name], options));

(async () => {
  if (what) {
    await attempt(what, url, careless);
    process.exit(0);
  }
  await thread('thread', {});
  await thread('thread with options', { execArgv: [] });
  await thread('thread with variables', { env });
  await thread('thread that shares variables', { env: SHARE_ENV });
  await forked('fork', {});
  await forked('fork with options', { execArgv: ['--no-warnings'] });
  await forked('fork with variables', { env });
  const other = { ...env, NODE_OPTIONS: '--no-warnings' };
  await done(spawn('node', [__filename, url, 'spawn'], { stdio: 'inherit', env: other }));
  await done(spawn(`node ${__filename} ${url} shell`, { stdio: 'inherit', shell: true }));
  cluster.setupPrimary({ exec: __filename, args: [url, 'cluster'] });
  await done(cluster.fork());
})();
