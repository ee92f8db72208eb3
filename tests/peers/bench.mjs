// tus-js-client → @tus/server, each a process of its own, on loopback without TLS: the best of sequential and of six at
// once for the small files. Prints {"files_per_second":…,"megabytes_per_second":…}.
// node bench.mjs FOLDER FILES SIZE LARGE_SIZE
import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {once} from 'node:events';
import * as tus from 'tus-js-client';

const [folder, files, size, large] = [process.argv[2], ...process.argv.slice(3).map(Number)];
mkdirSync(join(folder, 'rival'), {recursive: true});
const server = spawn(process.execPath, [join(import.meta.dirname, 'tus_server.mjs'), join(folder, 'rival')], {stdio: ['pipe', 'pipe', 'inherit']});
const port = Number((await once(server.stdout, 'data'))[0]);

const upload = (bytes) => new Promise((resolve, reject) => {
  new tus.Upload(bytes, {
    endpoint: `http://127.0.0.1:${port}/files`,
    retryDelays: null,
    uploadDataDuringCreation: true,
    onSuccess: resolve,
    onError: reject,
  }).start();
});
const timed = async (work) => {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e9;
};

const small = Array.from({length: files}, () => randomBytes(size));
await upload(small[0]);  // warm
const sequential = await timed(async () => {
  for (const bytes of small) await upload(bytes);
});
const parallel = await timed(async () => {
  const left = [...small];
  await Promise.all(Array.from({length: 6}, async () => {
    while (left.length > 0) await upload(left.pop());
  }));
});
const one = randomBytes(large);
const whole = await timed(() => upload(one));
console.log(JSON.stringify({files_per_second: files / Math.min(sequential, parallel), megabytes_per_second: large / 1e6 / whole}));
server.stdin.end();
await once(server, 'exit');
