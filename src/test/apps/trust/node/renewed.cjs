// A broker whose authority is put in the place of the former while the app runs: URL FILE NEW_FILE
const fs = require('fs');
const { attempt } = require('./attempt.cjs');

const [url, file, renewed] = process.argv.slice(2);
(async () => {
  await attempt('before', url);
  fs.copyFileSync(renewed, file);
  await attempt('after', url);
  fs.writeFileSync(file, 'nothing');
  await attempt('without any', url);
  fs.rmSync(file);
  await attempt('without a file', url);
})();
