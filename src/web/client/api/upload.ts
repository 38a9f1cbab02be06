import { importSchema, type Import } from '../../api.ts';
import { Refusal } from './refusal.ts';
import { refusalOf } from './request.ts';
import { csrfToken, signedInAgain } from './session.ts';

/**
 * Sends a file, which only this old interface reports the progress of.
 * @throws {Refusal} `offline` where the connection breaks off; what was there before is still there then.
 */
export async function upload(
  id: string,
  file: File,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<Import> {
  const { status, text } = await sent(id, file, onProgress, signal);
  if (status === 401) {
    await signedInAgain();
    return upload(id, file, onProgress, signal);
  }
  if (status < 200 || status > 299) throw refusalOf(status, text);
  return importSchema.parse(JSON.parse(text));
}

function sent(
  id: string,
  file: File,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const http = new XMLHttpRequest();
    http.open('PUT', `/api/imports/${id}/file?name=${encodeURIComponent(file.name)}`);
    http.setRequestHeader('x-csrf-token', csrfToken());
    http.setRequestHeader('content-type', 'application/octet-stream');
    http.upload.addEventListener('progress', ({ loaded }) => {
      onProgress(loaded);
    });
    http.addEventListener('load', () => {
      resolve({ status: http.status, text: http.responseText });
    });
    http.addEventListener('error', () => {
      reject(new Refusal('offline', 'the upload broke off'));
    });
    http.addEventListener('abort', () => {
      reject(new DOMException('called off', 'AbortError'));
    });
    signal.addEventListener('abort', () => {
      http.abort();
    });
    http.send(file);
  });
}
