import * as z from 'zod';
import { failureSchema } from '../../api.ts';
import { isCalledOff, Refusal } from './refusal.ts';
import { csrfToken, signedInAgain } from './session.ts';

// The page may not make code out of text (content security policy), and zod need not.
z.config({ jitless: true });

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  readonly method?: Method | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Whether an ended session is waited out. False for signing in itself. */
  readonly patient?: boolean | undefined;
}

/**
 * Asks the server and checks what it answers.
 * @throws {Refusal} for everything but the answer that was asked for.
 */
export async function request<Answer>(
  schema: z.ZodType<Answer>,
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await sent(path, options);
  if (response.status === 401 && options.patient !== false) {
    await signedInAgain();
    return request(schema, path, options);
  }
  const text = await response.text();
  if (!response.ok) throw refusalOf(response.status, text);
  const answer = schema.safeParse(text === '' ? undefined : parsed(text));
  if (!answer.success) throw new Refusal('unknown', `${path}: ${z.prettifyError(answer.error)}`);
  return answer.data;
}

async function sent(path: string, { method = 'GET', body, signal }: RequestOptions) {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken();
  if (body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(`/api${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      signal: signal ?? null,
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch (thrown) {
    if (isCalledOff(thrown)) throw thrown;
    throw new Refusal('offline', String(thrown));
  }
}

/** The failure that an answer speaks of. */
export function refusalOf(status: number, text: string): Refusal {
  const failure = failureSchema.safeParse(parsed(text));
  if (!failure.success) return new Refusal('unknown', `HTTP ${status}`);
  const { code, message, hint } = failure.data.error;
  return new Refusal(code, message, hint);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
