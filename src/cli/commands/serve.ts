import { UsageError } from '../../model/errors.ts';
import type { Command } from '../command.ts';

const mebibyte = 1024 * 1024;

/** `serve`: the web wizard. Ends when it is told to stop. */
export const serve: Command = (program, choose) =>
  program.command(
    'serve',
    'Serve the web wizard',
    (yargs) =>
      yargs
        .option('host', {
          type: 'string',
          requiresArg: true,
          default: '127.0.0.1',
          describe: 'Address to listen on; others than this machine need a proxy with https',
        })
        .option('port', {
          type: 'number',
          requiresArg: true,
          default: 4070,
          describe: 'Port to listen on; 0 takes any that is free',
        })
        .option('https', {
          type: 'boolean',
          default: false,
          describe: 'Browsers reach it by https, through a proxy: cookies go nowhere else',
        })
        .option('uploads', {
          type: 'string',
          requiresArg: true,
          describe: 'Directory for the files that are sent [uploads/ beside the embedded database]',
        })
        .option('max-upload', {
          type: 'number',
          requiresArg: true,
          default: 50,
          describe: 'Megabytes that a file may have',
        }),
    (flags) => {
      choose(flags, async (_useCases, { environment, tell }) => {
        const { host, port, https, uploads, maxUpload } = flags;
        if (!(maxUpload > 0)) throw new UsageError('--max-upload: this is no number of megabytes.');
        if (!Number.isInteger(port) || port < 0 || port > 65_535)
          throw new UsageError('--port: this is no port.', {
            hint: 'Say for example --port 4070.',
          });
        const { serveUntilStopped } = await import('../../web/serve.ts');
        const document = await serveUntilStopped(environment, {
          host,
          port,
          isSecure: https,
          uploads,
          uploadBytes: Math.round(maxUpload * mebibyte),
          tell,
        });
        return { document, text: () => '', exitCode: 0 };
      });
    },
  );
