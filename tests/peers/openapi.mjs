// docs/openapi.yaml against what a running service was seen to answer.
// node openapi.mjs OPENAPI_YAML OBSERVED_JSON
// OBSERVED_JSON: {"routes": [{method, path, summary, who}], "answers": [{method, path, status, headers, body}]}
import {readFileSync} from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {parse} from 'yaml';
import {Validator} from '@seriousme/openapi-schema-validator';

const [file, observed] = process.argv.slice(2);
const description = parse(readFileSync(file, 'utf8'));
const {routes, answers} = JSON.parse(readFileSync(observed, 'utf8'));
const faults = [];
const fault = (text) => faults.push(text);

// Needs what a test does not do: hours, thousands of requests, a failing disk. HEAD has no body to compare.
const notCaused = new Set(['503', '507']);
const notCausedAt = {
  'get /v1/health': ['429'], 'head /v1/health': ['429'], 'put /v1/envelopes/{id}': ['429'],
  'get /v1/envelopes/{id}': ['429'], 'post /v1/kiosk/sync': ['429'], 'post /v1/kiosk/readmission': ['429'],
  'head /v1/uploads/{id}': ['429'], 'patch /v1/uploads/{id}': ['429'], 'delete /v1/uploads/{id}': ['429'],
};

const validated = await new Validator().validate(description);
if (!validated.valid) fault(`${file} is no OpenAPI 3.1: ${JSON.stringify(validated.errors)}`);

const ajv = new Ajv2020({strict: false, allErrors: true});
addFormats(ajv);
ajv.addSchema({...description, $id: 'openapi'});
const resolved = (value) => {
  if (value === undefined || value.$ref === undefined) return value;
  return value.$ref.slice(2).split('/').reduce((at, part) => at[part], description);
};
// A schema of the description, as it stands there: its references are the description's own.
function complaints(schema, value) {
  const rebased = JSON.parse(JSON.stringify(schema), (key, at) => (key === '$ref' ? 'openapi' + at : at));
  const check = ajv.compile(rebased);
  return check(value) ? [] : check.errors.map((error) => `${error.instancePath} ${error.message}`);
}

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];
const operations = new Map();
for (const [path, item] of Object.entries(description.paths)) {
  for (const method of methods) if (item[method]) operations.set(`${method} ${path}`, item[method]);
}

const served = new Map(routes.map((route) => [`${route.method.toLowerCase()} ${route.path}`, route]));
for (const [name, route] of served) {
  const operation = operations.get(name);
  if (!operation) fault(`${name} is served and not described`);
  else {
    if (operation.summary !== route.summary) fault(`${name}: the summary is "${operation.summary}", in the table "${route.summary}"`);
    const isForKiosks = (operation.security ?? description.security).length > 0;
    if (isForKiosks !== (route.who === 'kiosk')) fault(`${name}: who may ask is not as in the table`);
  }
}
for (const name of operations.keys()) if (!served.has(name)) fault(`${name} is described and not served`);

function operationOf(answer) {
  const path = answer.path.split('?')[0];
  for (const template of Object.keys(description.paths)) {
    const pattern = new RegExp('^' + template.replace(/\{[^}]+\}/, '[^/]+') + '$');
    if (pattern.test(path)) return `${answer.method.toLowerCase()} ${template}`;
  }
  return undefined;
}

function headerValue(schema, text) {
  return schema.type === 'integer' && /^\d+$/.test(text) ? Number(text) : text;
}

function compare(answer, where, response) {
  for (const [name, given] of Object.entries(response.headers ?? {})) {
    const header = resolved(given);
    const text = answer.headers[name.toLowerCase()];
    if (text === undefined) {
      if (header.required) fault(`${where}: ${name} is missing`);
      continue;
    }
    for (const complaint of complaints(header.schema, headerValue(header.schema, text))) fault(`${where}: ${name}: ${complaint}`);
  }
  if (answer.method === 'HEAD') return;
  if (!response.content) {
    if (answer.body !== '') fault(`${where}: a body that is not described: ${answer.body}`);
    return;
  }
  const type = (answer.headers['content-type'] ?? '').split(';')[0];
  const content = response.content[type];
  if (!content) return fault(`${where}: the type ${type} is not described`);
  for (const complaint of complaints(content.schema, JSON.parse(answer.body))) fault(`${where}: ${complaint}: ${answer.body}`);
}

const seen = new Map();
for (const answer of answers) {
  const name = operationOf(answer);
  const where = `${answer.method} ${answer.path} ${answer.status}`;
  const operation = operations.get(name);
  if (!operation) {
    fault(`${where}: not described`);
    continue;
  }
  if (!seen.has(name)) seen.set(name, new Set());
  seen.get(name).add(String(answer.status));
  const response = resolved(operation.responses[answer.status]);
  if (!response) fault(`${where}: the status is not described: ${answer.body}`);
  else compare(answer, where, response);
}

for (const [name, operation] of operations) {
  for (const status of Object.keys(operation.responses)) {
    const isExcused = notCaused.has(status) || notCausedAt[name]?.includes(status);
    if (!isExcused && !seen.get(name)?.has(status)) fault(`${name}: ${status} is described and was never answered`);
  }
}

for (const text of faults) console.error(text);
console.log(`${operations.size} operations, ${answers.length} answers, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
