// tus-js-client, and plain requests for what it does not speak, against the real central service.
// node tus_client.mjs CENTRAL_PROGRAM CONFIG_DIRECTORY
import test from 'node:test';
import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tus from 'tus-js-client';
import {startCentral, request} from './central_service.mjs';

const central = await startCentral(process.argv[2], process.argv[3]);
test.after(() => central.stop());

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const endpoint = `${central.origin}/v1/uploads`;
const authorisation = {Authorization: `Bearer ${central.token}`};
const speaking = {...authorisation, 'Tus-Resumable': '1.0.0'};
const stored = (hash) => readFileSync(join(central.data, 'blobs', hash.slice(0, 2), hash));

function upload(bytes, options = {}) {
  return new Promise((resolve, reject) => {
    const made = new tus.Upload(bytes, {
      endpoint,
      retryDelays: null,
      headers: authorisation,
      httpStack: new tus.DefaultHttpStack({ca: central.ca}),
      metadata: {sha256: sha256(bytes)},
      onError: reject,
      onSuccess: () => resolve(made),
      ...options,
    });
    made.start();
  });
}

test('uploads in one piece', async () => {
  const bytes = randomBytes(3_000_000);
  await upload(bytes);
  assert.deepEqual(stored(sha256(bytes)), bytes);
});

test('uploads in many pieces', async () => {
  const bytes = randomBytes(1_000_001);
  await upload(bytes, {chunkSize: 100_000});
  assert.deepEqual(stored(sha256(bytes)), bytes);
});

test('uploads with the creation request', async () => {
  const bytes = randomBytes(200_000);
  await upload(bytes, {uploadDataDuringCreation: true});
  assert.deepEqual(stored(sha256(bytes)), bytes);
});

test('uploads without metadata of ours', async () => {
  const bytes = randomBytes(70_000);
  await upload(bytes, {metadata: {filename: 'a.bin', filetype: 'application/octet-stream'}});
  assert.deepEqual(stored(sha256(bytes)), bytes);
});

test('resumes after an abort at the same URL', async () => {
  const bytes = randomBytes(2_000_000);
  const url = await new Promise((resolve, reject) => {
    const made = new tus.Upload(bytes, {
      endpoint,
      retryDelays: null,
      headers: authorisation,
      httpStack: new tus.DefaultHttpStack({ca: central.ca}),
      metadata: {sha256: sha256(bytes)},
      chunkSize: 300_000,
      onError: reject,
      onChunkComplete: (size, accepted) => {
        if (accepted >= 900_000) made.abort().then(() => resolve(made.url));
      },
    });
    made.start();
  });
  const asked = await request(central.ca, 'HEAD', url, speaking);
  assert.ok(Number(asked.headers['upload-offset']) >= 900_000);
  const resumed = await upload(bytes, {uploadUrl: url});
  assert.equal(resumed.url, url);
  assert.deepEqual(stored(sha256(bytes)), bytes);
});

test('many uploads at once', async () => {
  const all = Array.from({length: 12}, (_, i) => randomBytes(50_000 + i));
  await Promise.all(all.map((bytes) => upload(bytes)));
  for (const bytes of all) assert.deepEqual(stored(sha256(bytes)), bytes);
});

test('terminates', async () => {
  const bytes = randomBytes(500_000);
  const created = await request(central.ca, 'POST', endpoint, {...speaking, 'Upload-Length': bytes.length});
  const url = new URL(created.headers.location, endpoint).href;
  await tus.Upload.terminate(url, {headers: authorisation, httpStack: new tus.DefaultHttpStack({ca: central.ca}), retryDelays: null});
  assert.equal((await request(central.ca, 'HEAD', url, speaking)).status, 404);
});

test('says when an unfinished upload expires', async () => {
  const created = await request(central.ca, 'POST', endpoint, {...speaking, 'Upload-Length': 10});
  assert.equal(created.status, 201);
  const expires = Date.parse(created.headers['upload-expires']);
  assert.ok(expires > Date.now() && expires < Date.now() + 7 * 86_400_000, created.headers['upload-expires']);
});

test('announces what it can do', async () => {
  const answer = await request(central.ca, 'OPTIONS', endpoint);
  assert.equal(answer.headers['tus-version'], '1.0.0');
  const extensions = answer.headers['tus-extension'].split(',');
  for (const name of ['creation', 'creation-with-upload', 'checksum', 'expiration', 'termination']) assert.ok(extensions.includes(name), name);
  assert.deepEqual(answer.headers['tus-checksum-algorithm'].split(',').sort(), ['sha1', 'sha256']);
  assert.equal(Number(answer.headers['tus-max-size']), 64 * 1024 * 1024);
});

test('checks each piece against its checksum', async () => {
  const bytes = randomBytes(1000);
  const created = await request(central.ca, 'POST', endpoint, {...speaking, 'Upload-Length': bytes.length});
  const url = new URL(created.headers.location, endpoint).href;
  const piece = (checksum) => request(central.ca, 'PATCH', url,
    {...speaking, 'Upload-Offset': 0, 'Content-Type': 'application/offset+octet-stream', 'Upload-Checksum': checksum}, bytes);
  const digest = (kind, of) => `${kind} ${createHash(kind).update(of).digest('base64')}`;
  assert.equal((await piece(digest('sha256', 'other'))).status, 460);
  assert.equal((await piece('md5 AAAA')).status, 400);
  assert.equal((await request(central.ca, 'HEAD', url, speaking)).headers['upload-offset'], '0');
  assert.equal((await piece(digest('sha1', bytes))).status, 204);
  assert.deepEqual(stored(sha256(bytes)), bytes);
});

test('drops a file whose whole hash is wrong', async () => {
  const bytes = randomBytes(100_000);
  const wrong = sha256('something else');
  await assert.rejects(upload(bytes, {metadata: {sha256: wrong}}), (error) => error.originalResponse.getStatus() === 460);
  assert.throws(() => stored(wrong));
  assert.throws(() => stored(sha256(bytes)));
});

test('answers the tus errors', async () => {
  const created = await request(central.ca, 'POST', endpoint, {...speaking, 'Upload-Length': 10});
  const url = new URL(created.headers.location, endpoint).href;
  const piece = {...speaking, 'Content-Type': 'application/offset+octet-stream'};
  assert.equal((await request(central.ca, 'PATCH', url, {...piece, 'Upload-Offset': 7}, 'abc')).status, 409);
  assert.equal((await request(central.ca, 'PATCH', url, {...speaking, 'Upload-Offset': 0, 'Content-Type': 'text/plain'}, 'abc')).status, 415);
  const old = await request(central.ca, 'PATCH', url, {...piece, 'Tus-Resumable': '0.2.2', 'Upload-Offset': 0}, 'abc');
  assert.equal(old.status, 412);
  assert.equal(old.headers['tus-version'], '1.0.0');
  assert.equal((await request(central.ca, 'HEAD', `${endpoint}/nothing-here`, speaking)).status, 404);
  assert.equal((await request(central.ca, 'POST', endpoint, {...speaking, 'Upload-Length': 65 * 1024 * 1024})).status, 413);
  assert.equal((await request(central.ca, 'POST', endpoint, speaking)).status, 400);
  assert.equal((await request(central.ca, 'POST', endpoint, {'Tus-Resumable': '1.0.0', 'Upload-Length': 10})).status, 401);
});

test('never lets an answer about an upload be cached', async () => {
  const created = await request(central.ca, 'POST', endpoint, {...speaking, 'Upload-Length': 10});
  const asked = await request(central.ca, 'HEAD', new URL(created.headers.location, endpoint).href, speaking);
  assert.equal(asked.headers['cache-control'], 'no-store');
  assert.equal(asked.headers['tus-resumable'], '1.0.0');
  assert.equal(asked.headers['upload-length'], '10');
});
