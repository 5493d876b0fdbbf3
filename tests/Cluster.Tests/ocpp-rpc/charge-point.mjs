// A charge point on ocpp-rpc: boots, starts a transaction, prints "charging", and stops it when told to.
// Usage: node charge-point.mjs <endpoint> <identity> <password> <idTag>
import { RPCClient } from 'ocpp-rpc';

const [endpoint, identity, password, idTag] = process.argv.slice(2);
const client = new RPCClient({ endpoint, identity, password, protocols: ['ocpp1.6'], strictMode: true });
const stopped = new Promise((resolve) => {
    client.handle('RemoteStopTransaction', ({ params }) => {
        resolve(params.transactionId);
        return { status: 'Accepted' };
    });
});

const now = () => new Date().toISOString();
const status = (value) =>
    client.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: value, timestamp: now() });
const sample = (transactionId, register) =>
    client.call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [{ timestamp: now(), sampledValue: [{ value: String(register), unit: 'Wh' }] }],
    });
const expect = (actual, wanted, what) => {
    if (actual !== wanted) throw new Error(`${what}: ${actual}, expected ${wanted}`);
};

await client.connect();
const boot = await client.call('BootNotification', { chargePointVendor: 'ocpp-rpc', chargePointModel: 'script' });
expect(boot.status, 'Accepted', 'BootNotification');
await status('Preparing');
const { idTagInfo } = await client.call('Authorize', { idTag });
expect(idTagInfo.status, 'Accepted', 'Authorize');
const start = await client.call('StartTransaction', { connectorId: 1, idTag, meterStart: 1000, timestamp: now() });
expect(start.idTagInfo.status, 'Accepted', 'StartTransaction');
await status('Charging');
await sample(start.transactionId, 2000);
await sample(start.transactionId, 3000);
console.log('charging');
expect(await stopped, start.transactionId, 'RemoteStopTransaction');
await client.call('StopTransaction', {
    transactionId: start.transactionId,
    idTag,
    meterStop: 4500,
    timestamp: now(),
    reason: 'Remote',
});
await status('Available');
await client.call('Heartbeat', {});
await client.close();
