// An app's own options for its broker, in every way that the library takes them: URL OTHER_AUTHORITY'S_FILE
const fs = require('fs');
const tls = require('tls');
const { attempt } = require('./attempt.cjs');

const [url, other] = process.argv.slice(2);
const ca = fs.readFileSync(other);
const anything = () => undefined;

(async () => {
  const own = {
    nothing: undefined,
    'no verification': { rejectUnauthorized: false },
    'any name': { checkServerIdentity: anything },
    'neither': { rejectUnauthorized: false, checkServerIdentity: anything },
    "another authority": { ca },
    "another authority's context": { secureContext: tls.createSecureContext({ ca }) },
    'another name': { servername: 'elsewhere.example' },
    'servers without certificates': {
      ciphers: 'ALL:COMPLEMENTOFALL:@SECLEVEL=0', maxVersion: 'TLSv1.2', rejectUnauthorized: false,
    },
  };
  for (const [what, options] of Object.entries(own)) {
    await attempt(what, url, options ? { tls: options } : {});
  }
  tls.checkServerIdentity = anything;
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  await attempt('another default', url);
})();
