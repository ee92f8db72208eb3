// The real central service for the peers' tests: started on a free port in a directory of its own, ended with the test.
import {spawn, execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, writeFileSync, rmSync, existsSync} from 'node:fs';
import {generateKeyPairSync} from 'node:crypto';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import https from 'node:https';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function startCentral(program, config) {
  const folder = mkdtempSync(join(tmpdir(), 'bangwu-peers-'));
  const data = join(folder, 'data');
  writeFileSync(join(folder, 'central.toml'),
    `[http]\nport = 0\n[catalogue]\ndirectory = "${config}/catalogue"\ncalendar = "${config}/calendar"\n` +
    '[storage]\nkeep_free_mebibytes = 16\n[uploads]\nlargest_mebibytes = 64\n');
  const process_ = spawn(program, ['serve', '--config', join(folder, 'central.toml'), '--data', data], {stdio: 'ignore', cwd: folder});
  for (let look = 0; !existsSync(join(data, 'port')); ++look) {
    if (look > 400 || process_.exitCode !== null) throw new Error('central did not start');
    await pause(25);
  }
  const ca = readFileSync(join(data, 'tls', 'ca.crt'));
  const origin = `https://127.0.0.1:${readFileSync(join(data, 'port'), 'utf8').trim()}`;
  const code = execFileSync(program, ['enrol', '--name', 'peer', '--data', data], {encoding: 'utf8'}).match(/[0-9A-Z]{4}(-[0-9A-Z]{4})+/)[0];
  const deviceKey = Buffer.from(generateKeyPairSync('ed25519').publicKey.export({format: 'jwk'}).x, 'base64url');
  const enrolled = await request(ca, 'POST', `${origin}/v1/enrolments`, {'Content-Type': 'application/json'},
    JSON.stringify({code, device_key: deviceKey.toString('hex'), name: 'peer'}));
  if (enrolled.status !== 201) throw new Error(`enrolment: ${enrolled.status} ${enrolled.body}`);
  return {
    ca, origin, data,
    token: JSON.parse(enrolled.body).token,
    stop() {
      process_.kill('SIGKILL');
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

// One request with exactly these headers.
export function request(ca, method, url, headers = {}, body = undefined) {
  return new Promise((resolve, reject) => {
    const sent = https.request(url, {method, headers: body === undefined ? headers : {'Content-Length': Buffer.byteLength(body), ...headers}, ca}, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString()}));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
