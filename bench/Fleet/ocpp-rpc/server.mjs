// A central system on ocpp-rpc as its users write it: it accepts every charger, answers three operations and stores nothing.
// Usage: node server.mjs --urls http://<address>:<port>
import { createServer } from 'node:http';
import { RPCServer } from 'ocpp-rpc';

const answers = {
    BootNotification: () => ({ status: 'Accepted', interval: 300, currentTime: new Date().toISOString() }),
    StatusNotification: () => ({}),
    Heartbeat: () => ({ currentTime: new Date().toISOString() }),
};

const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: false });
server.on('client', (client) => {
    for (const [operation, answer] of Object.entries(answers)) client.handle(operation, answer);
});

const { hostname, port } = new URL(process.argv[process.argv.indexOf('--urls') + 1]);
createServer((_, response) => response.end('ready'))
    .on('upgrade', server.handleUpgrade)
    .listen(Number(port), hostname);
