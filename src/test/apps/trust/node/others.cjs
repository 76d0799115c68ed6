// Connections that are not the broker's, in a process that has one: BROKER PLAIN_CACHE OTHER_TLS_CACHE AUTHORITY'S_FILE
const fs = require('fs');
const net = require('net');
const tls = require('tls');
const { attempt } = require('./attempt.cjs');

const [broker, plain, other, authority] = process.argv.slice(2);
const { port } = new URL(broker);
const says = (what, socket, event) => new Promise((resolve) => {
  socket.once(event, () => resolve(console.log(`${what}: connects`)));
  socket.once('error', (error) => resolve(console.log(`${what}: refused: ${error.message}`)));
}).finally(() => socket.destroy());

(async () => {
  await attempt('broker', broker);
  await attempt('plain cache', plain);
  await attempt('other TLS server', other);
  await attempt('other TLS server, unverified', other, { tls: { rejectUnauthorized: false } });
  await attempt('other TLS server, its authority', other, { tls: { ca: fs.readFileSync(authority) } });
  await attempt('broker without TLS', broker.replace('rediss:', 'redis:'));
  await attempt('broker without TLS, in capitals',
    broker.replace('rediss:', 'redis:').replace('localhost', 'LOCALHOST.'));
  await says('broker by port and host', tls.connect(port, 'localhost', { rejectUnauthorized: false }), 'secureConnect');
  await says('broker by a plain port', net.connect(Number(port)), 'connect');
  const socket = new tls.TLSSocket(undefined, { rejectUnauthorized: false });
  await says('broker by a bare TLS socket', socket.connect(Number(port), 'localhost'), 'secureConnect');
  await attempt('broker', broker);
})();
