// An app in ES modules, which imports by name: URL
import { connect } from 'tls';
import tls from 'tls';

const { port } = new URL(process.argv[2]);
for (const each of [connect, tls.connect]) {
  await new Promise((resolve) => {
    const socket = each({ host: 'localhost', port, rejectUnauthorized: false });
    socket.once('secureConnect', () => resolve(console.log('module: connects')));
    socket.once('error', (error) => resolve(console.log(`module: refused: ${error.message}`)));
  });
}
process.exit(0);
