import { type ErrorDetails, SourceError } from '../model/errors.ts';

/** Why a file could not be had, in the order in which it may happen. */
export type DownloadReason =
  | 'address'
  | 'refused'
  | 'name'
  | 'connection'
  | 'tls'
  | 'timeout'
  | 'idle'
  | 'redirect'
  | 'status'
  | 'encoding'
  | 'truncated'
  | 'too-large'
  | 'empty';

interface Details extends ErrorDetails {
  /** Whether it may pass by itself. */
  readonly retriable?: boolean;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** How long the server asks to be left alone. */
  readonly retryAfterMs?: number | undefined;
}

/** A file that could not be had whole. The message names its URL without secrets. */
export class DownloadError extends SourceError {
  readonly reason: DownloadReason;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  override readonly retriable: boolean;

  constructor(reason: DownloadReason, message: string, details: Details = {}) {
    super(message, details);
    this.reason = reason;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.retriable = details.retriable ?? false;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The error that says most: several attempts to connect fail together, and some errors wrap another. */
function innermost(error: unknown): unknown {
  if (error instanceof DownloadError) return error;
  if (error instanceof AggregateError && error.errors.length > 0)
    return innermost(error.errors.find((one) => one instanceof DownloadError) ?? error.errors[0]);
  if (error instanceof Error && error.cause !== undefined && codeOf(error) === '')
    return innermost(error.cause);
  return error;
}

const unreachable = 'Check that the server runs and that this machine may reach it.';
const broken = 'What was had of it was thrown away. Try again; tell the partner if it stays so.';

/** What the network said, in words for people. `shown` is the URL without secrets. */
export function networkFailure(error: unknown, shown: string): DownloadError {
  const cause = innermost(error);
  if (cause instanceof DownloadError) return cause;
  const code = codeOf(cause);
  const said = cause instanceof Error ? cause.message : String(cause);
  const failure = (reason: DownloadReason, message: string, hint: string, retriable = false) =>
    new DownloadError(reason, `${shown}: ${message}`, { hint, cause: error, retriable });
  if (code === 'ENOTFOUND')
    return failure('name', 'there is no server of this name.', 'Check the address.');
  if (code === 'EAI_AGAIN')
    return failure('name', 'the name of the server could not be looked up.', unreachable, true);
  if (/^(CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO|HOSTNAME)/.test(code))
    return failure(
      'tls',
      `the server cannot be trusted: ${said.replace(/\.?$/, '.')}`,
      'Its certificate is checked always. Tell the partner; a certificate of your own is trusted by NODE_EXTRA_CA_CERTS.',
    );
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return failure('timeout', 'no connection came about in time.', unreachable, true);
  if (code === 'UND_ERR_HEADERS_TIMEOUT')
    return failure('idle', 'the server did not answer in time.', unreachable, true);
  if (code === 'UND_ERR_BODY_TIMEOUT')
    return failure('idle', 'the server stopped sending in the middle.', broken, true);
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return failure('encoding', 'the server sent headers without an end.', broken);
  if (code === 'UND_ERR_INVALID_ARG')
    return failure('address', `it cannot be asked for so (${said}).`, 'Check its headers.');
  if (code.startsWith('UND_ERR_RES_CONTENT_LENGTH'))
    return failure('truncated', 'the file is not as long as the server said.', broken, true);
  if (code.startsWith('HPE_'))
    return failure(
      code === 'HPE_INVALID_CHUNK_SIZE' || code === 'HPE_INVALID_EOF_STATE'
        ? 'truncated'
        : 'encoding',
      `the answer is no valid HTTP (${said}).`,
      broken,
      true,
    );
  return failure('connection', `the connection failed (${code || said}).`, unreachable, true);
}
