// @tus/server with its file store at /files; every other path goes to the service at UPSTREAM.
// node tus_server.mjs DIRECTORY [UPSTREAM_PORT] — prints its port; ends when its standard input does.
import http from 'node:http';
import {Server} from '@tus/server';
import {FileStore} from '@tus/file-store';

const [directory, upstream] = process.argv.slice(2);
const server = new Server({path: '/files', datastore: new FileStore({directory})});

function forward(asked, answer) {
  const sent = http.request({host: '127.0.0.1', port: upstream, method: asked.method, path: asked.url, headers: asked.headers}, (got) => {
    answer.writeHead(got.statusCode, got.headers);
    got.pipe(answer);
  });
  sent.on('error', () => answer.destroy());
  asked.pipe(sent);
}

const front = http.createServer((asked, answer) => (asked.url.startsWith('/files') ? server.handle(asked, answer) : forward(asked, answer)));
front.listen(0, '127.0.0.1', () => console.log(front.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
