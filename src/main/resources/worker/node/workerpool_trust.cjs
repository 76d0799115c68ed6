// Makes this process verify its broker, whatever the app's own code says. Mounted by the operator at
// /var/run/workerpool/code and loaded before the app (see run.cjs). Does nothing where WORKERPOOL_TRUST is not set.
//
// WORKERPOOL_TRUST names a JSON file: the broker's hosts and ports, the certificates to trust, the name to verify, a
// client certificate. To those hosts and ports,
// - tls.connect, by which ioredis (BullMQ, Bull) and node-redis connect, verifies chain and name as that file says,
//   over any tls options of the app and over NODE_TLS_REJECT_UNAUTHORIZED;
// - a connection without TLS is refused.
// Every other connection stays as it is. The certificates are read anew for each connection, so that those which the
// kubelet has renewed since are used.
'use strict';

if (process.env.WORKERPOOL_TRUST !== undefined) {
  start(process.env.WORKERPOOL_TRUST);
}

function start(file) {
  const fs = require('fs');
  let trust;
  try {
    trust = read(JSON.parse(fs.readFileSync(file, 'utf8')), fs);
  } catch (error) {
    // The parser's own message would quote the file.
    const why = error instanceof SyntaxError ? 'it is not JSON' : error.message;
    fs.writeSync(2, `workerpool: not started, since WORKERPOOL_TRUST=${file} cannot be used: ${why}\n`);
    process.exit(78);
  }
  verifyBroker(trust, fs);
  followChildren(file);
  // For what ES modules import by name from tls, net, child_process and worker_threads.
  require('module').syncBuiltinESMExports();
}

function read(json, fs) {
  const valid = (so, why) => { if (!so) throw new Error(why); };
  const text = (value) => typeof value === 'string' && value !== '';
  valid(json !== null && json.version === 1, 'its version is not 1');
  const { endpoints, verify } = json;
  const [serverName, ca, certificate, key] = ['serverName', 'ca', 'certificate', 'key']
    .map((member) => (json[member] === null ? undefined : json[member]));
  valid(['Full', 'CA', 'None'].includes(verify), 'verify is none of Full, CA and None');
  valid(Array.isArray(endpoints) && endpoints.length > 0, 'it names no endpoints');
  endpoints.forEach((each) => valid(each && text(each.host) && Number.isInteger(each.port),
    'an endpoint has no host or no port'));
  valid(serverName === undefined || text(serverName), 'serverName is no text');
  valid(text(ca) || (ca === undefined && verify === 'None'), 'it names no ca');
  valid((text(certificate) && text(key)) || (certificate === undefined && key === undefined),
    'certificate and key only go together');
  // Each connection reads them again; a pod whose volumes are wrong should not even begin.
  const block = /^-----BEGIN CERTIFICATE-----\s[^-]+-----END CERTIFICATE-----/m;
  [ca, certificate].filter(Boolean).forEach((each) => valid(block.test(fs.readFileSync(each, 'latin1')),
    `${each} holds no certificate`));
  if (key) fs.readFileSync(key);
  return { endpoints: new Set(endpoints.map(address)), verify, serverName, ca, certificate, key };
}

function plainName(host) {
  return String(host).toLowerCase().replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

function address({ host, port }) {
  return `${plainName(host === undefined || host === null ? 'localhost' : host)} ${Number(port)}`;
}

// What net.connect and tls.connect are asked: (options), (port, host, options) or (path, options), then a listener.
function asked(args) {
  const options = Object.assign({}, ...args.filter((each) => typeof each === 'object'));
  if (typeof args[0] === 'object') {
    return options;
  }
  if (!(Number(args[0]) >= 0)) {
    return { path: args[0], ...options };
  }
  return { port: args[0], host: typeof args[1] === 'string' ? args[1] : undefined, ...options };
}

function verifyBroker(trust, fs) {
  const net = require('net');
  const tls = require('tls');
  const { connect, checkServerIdentity } = tls; // the app may put others in their place
  const { connect: open } = net.Socket.prototype;
  const isBroker = (to) => !to.path && trust.endpoints.has(address(to));
  let verifying = false; // tls.connect opens its socket before it returns

  // Each of the three that are left out would stand in the place of a verified chain.
  function verified({ secureContext, session, pskCallback, ...own }) {
    const name = plainName(trust.serverName || own.host || 'localhost');
    return {
      ...own,
      ...clientCertificate(),
      ca: trust.ca && fs.readFileSync(trust.ca),
      // A server's own certificate is an anchor, too; before Node 20.18 only a self-signed one, others are refused.
      allowPartialTrustChain: true,
      rejectUnauthorized: trust.verify !== 'None',
      servername: net.isIP(name) ? undefined : name,
      checkServerIdentity: (host, certificate) => (
        trust.verify === 'Full' ? checkServerIdentity(name, certificate) : undefined),
    };
  }

  function clientCertificate() {
    return trust.certificate && {
      cert: fs.readFileSync(trust.certificate), key: fs.readFileSync(trust.key), pfx: undefined, passphrase: undefined,
    };
  }

  tls.connect = function verifyingConnect(...args) {
    const to = asked(args);
    if (!isBroker(to)) {
      return connect.apply(this, args);
    }
    verifying = true;
    try {
      return connect.call(this, verified(to), args.find((each) => typeof each === 'function'));
    } catch (error) { // such as of a certificate and a key that were read while the kubelet put in new ones
      return new tls.TLSSocket().destroy(error); // ioredis tries again after an event, but not after an exception
    } finally {
      verifying = false;
    }
  };

  net.Socket.prototype.connect = function refusingConnect(...args) {
    const to = asked(Array.isArray(args[0]) ? args[0] : args); // net.connect hands on its arguments as one
    if (verifying || !isBroker(to)) {
      return open.apply(this, args);
    }
    return this.destroy(new Error(`workerpool: ${to.host || 'localhost'}:${to.port} takes TLS only, `
      + 'a plain connection to it is refused (use rediss://)'));
  };
}

// NODE_OPTIONS loads this file into each Node that this process starts, but for one that gets variables of its own.
function followChildren(file) {
  const childProcess = require('child_process');
  const threads = require('worker_threads');
  // As run.cjs wrote it: __filename has followed the links of the mounted folder into one that its next change removes.
  const [load] = /--require "[^"]*workerpool_trust\.cjs"/.exec(process.env.NODE_OPTIONS || '')
    || [`--require "${__filename}"`];
  const following = (options = '') => (options.includes(load) ? options : `${load} ${options}`);

  const { spawn } = childProcess.ChildProcess.prototype;
  childProcess.ChildProcess.prototype.spawn = function spawnFollowing(options) {
    const pairs = options.envPairs || [];
    const [own] = pairs.filter((pair) => pair.startsWith('NODE_OPTIONS='));
    const others = pairs.filter((pair) => !/^(WORKERPOOL_TRUST|NODE_OPTIONS)=/.test(pair));
    const added = [`WORKERPOOL_TRUST=${file}`, `NODE_OPTIONS=${following(own && own.slice('NODE_OPTIONS='.length))}`];
    return spawn.call(this, { ...options, envPairs: [...others, ...added] });
  };

  threads.Worker = class Worker extends threads.Worker {
    constructor(script, options) {
      const env = options && options.env;
      super(script, env === null || typeof env !== 'object' ? options : {
        ...options, env: { ...env, WORKERPOOL_TRUST: file, NODE_OPTIONS: following(env.NODE_OPTIONS) },
      });
    }
  };
}
