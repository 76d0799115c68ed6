// Mounted by the operator at /var/run/workerpool/code; started as
//
//     node /var/run/workerpool/code/run.cjs WORDS OF THE IMAGE'S OWN COMMAND...
//
// It loads workerpool_trust.cjs into the command and into each Node process that this one starts, and then becomes the
// command (Node 22.15, 23.11 and later), or runs it as a child: hands every signal on, and ends as it ends. Like Node
// itself, it does not reap others' orphans where it is process 1. NODE_OPTIONS is extended here, at run time, since a
// variable of the pod would replace the one that the image sets.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');

// Not __dirname: that follows the links of the mounted folder into one that the next change of the code removes.
const trust = path.join(path.dirname(process.argv[1]), 'workerpool_trust.cjs');
const options = process.env.NODE_OPTIONS || '';
process.env.NODE_OPTIONS = options.includes(trust) ? options : `--require "${trust}" ${options}`.trim();
require(trust); // a broken trust file ends it here, before the command is even looked for

const [command, ...args] = process.argv.slice(2);

function end(status, why) {
  fs.writeSync(2, `workerpool: ${why}\n`);
  process.exit(status);
}

function found(word) {
  const folders = (process.env.PATH || '/usr/local/bin:/usr/bin:/bin').split(':');
  const places = word.includes('/') ? [word] : folders.map((folder) => path.join(folder, word));
  const files = places.filter((place) => fs.existsSync(place) && !fs.statSync(place).isDirectory());
  const missing = () => (files.length ? end(126, `${word}: not executable`) : end(127, `${word}: not found`));
  return files.find(runnable) || missing();
}

function runnable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Those that cannot be caught, that tell of this process itself, and second names of others.
const OWN = ['SIGKILL', 'SIGSTOP', 'SIGCHLD', 'SIGPIPE', 'SIGPROF', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP',
  'SIGABRT', 'SIGSYS', 'SIGSTKFLT', 'SIGIOT', 'SIGPOLL', 'SIGUNUSED'];

function runAsChild(file) {
  if (process.features.inspector) {
    require('inspector').close(); // where the image's NODE_OPTIONS open one, its port is for the command
  }
  const signals = Object.keys(os.constants.signals).filter((signal) => !OWN.includes(signal));
  // Before the command starts: what came in between would be lost, or end this process and not the command.
  signals.forEach((signal) => process.on(signal, () => child.kill(signal)));
  const child = require('child_process').spawn(file, args, { argv0: command, stdio: 'inherit' });
  child.on('error', (error) => end(126, `${command}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exit(code);
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // Process 1 has no signal that would end it.
    setTimeout(() => process.exit(128 + os.constants.signals[signal]), 100);
  });
}

if (command === undefined) {
  end(64, 'run.cjs needs the words of a command');
}
if (process.env.WORKERPOOL_TRUST !== undefined && ['bun', 'deno'].includes(path.basename(command))) {
  end(78, `${command} would not load what makes it verify its broker`); // neither knows NODE_OPTIONS
}
const file = found(command);
if (process.execve) {
  process.execve(file, [command, ...args], process.env);
} else {
  runAsChild(file);
}
