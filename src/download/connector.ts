import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { type AddressGuard, addressGuard } from './addresses.ts';
import type { DownloadLimits, Network, Resolve } from './contract.ts';
import { DownloadError } from './failure.ts';

const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** Connections that lead to public addresses alone. Proxies of the environment are not used. */
export function guardedAgent(network: Network, limits: Pick<DownloadLimits, 'connectMs'>): Agent {
  const guard = addressGuard(network.allow);
  const connect = buildConnector({
    timeout: limits.connectMs,
    // Said, so that NODE_TLS_REJECT_UNAUTHORIZED does not say otherwise.
    rejectUnauthorized: true,
    ...(network.authorities === undefined ? {} : { ca: network.authorities }),
    lookup: guardedLookup(guard, network.resolve ?? resolveBySystem),
  });
  return new Agent({
    connections: network.connectionsPerHost ?? 4,
    pipelining: 1,
    connect: (options, callback) => {
      const host = options.hostname.replace(/^\[(.*)\]$/, '$1');
      // An address is connected to without being looked up.
      const refusal = isIP(host) === 0 ? undefined : guard(host, host);
      if (refusal !== undefined) {
        callback(refused(host, host, refusal), null);
        return;
      }
      connect({ ...options }, (...[error, socket]) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        // Whatever was looked up: nothing is sent to an address that this is not.
        const address = socket.remoteAddress ?? '';
        const late = guard(address, host);
        if (late === undefined) {
          callback(null, socket);
          return;
        }
        socket.destroy();
        callback(refused(host, address, late), null);
      });
    },
  });
}

/** Looks a name up once, for the connection that is being made, and refuses it where any address of it is refused. */
function guardedLookup(guard: AddressGuard, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    const wanted = options.family === 4 || options.family === 6 ? options.family : undefined;
    resolve(hostname).then(
      (found) => {
        const fitting = found.filter(({ family }) => wanted === undefined || family === wanted);
        for (const { address } of fitting) {
          const refusal = guard(address, hostname);
          if (refusal === undefined) continue;
          callback(refused(hostname, address, refusal), []);
          return;
        }
        const [first] = fitting;
        if (first === undefined)
          callback(
            Object.assign(new Error(`no address of ${hostname}`), { code: 'ENOTFOUND' }),
            [],
          );
        else if (options.all === true) callback(null, [...fitting]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), []);
      },
    );
  };
}

function refused(host: string, address: string, refusal: string): DownloadError {
  const what = host === address ? host : `${host} (${address})`;
  return new DownloadError('refused', `${what} is not asked: it is ${refusal}.`, {
    hint: 'Only public servers are. One of your own network is with --allow-address.',
  });
}
