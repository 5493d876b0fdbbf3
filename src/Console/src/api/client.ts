import createClient from 'openapi-fetch';
import type { components, paths } from '../../obj/api';

/** Names of the API's schemas as types. */
export type Schemas = components['schemas'];

/** An answer that is no success: problem details (RFC 9457) with the API's stable code, or the network's silence. */
export class ApiError extends Error {
  /** @param status HTTP status; 0 when there was no answer.
   *  @param code Stable word of the API, `unreachable` when there was no answer.
   *  @param errors Members at fault, each with its faults.
   *  @param retryAfter Seconds, when the server named them. */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: Record<string, string[]> = {},
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

export async function faultOf(response: Response): Promise<ApiError> {
  const after = Number(response.headers.get('Retry-After'));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : null;
  try {
    const problem = (await response.json()) as { code?: string; detail?: string; errors?: Record<string, string[]> };
    return new ApiError(response.status, problem.code ?? 'unknown', problem.detail ?? response.statusText, problem.errors, retryAfter);
  } catch {
    return new ApiError(response.status, 'unknown', response.statusText, {}, retryAfter);
  }
}

async function send(input: Request): Promise<Response> {
  try {
    return await fetch(input);
  } catch (fault) {
    if (input.signal.aborted) throw fault;
    throw new ApiError(0, 'unreachable', 'The server cannot be reached.');
  }
}

export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin', fetch: send });

let acting: string | null = null;

/** From here on requests act in another tenant than the caller's own; null for the own. For platform administrators. */
export function actIn(tenant: string | null): void {
  acting = tenant;
}

/** Headers that every request carries. */
export const commonHeaders = (): Record<string, string> => (acting === null ? {} : { 'X-Tenant': acting });

api.use({
  async onRequest({ request }) {
    for (const [name, value] of Object.entries(commonHeaders())) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await faultOf(response);
    return undefined;
  },
});

/** Asks for a file and hands it to the browser under the name that the server gives it.
 *  @param progress Is told how many bytes have come. */
export async function download(path: string, progress?: (bytes: number) => void): Promise<void> {
  const answer = await send(new Request(path, { headers: commonHeaders(), credentials: 'same-origin' }));
  if (!answer.ok) throw await faultOf(answer);
  const name = /filename="?([^";]+)/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? path.slice(path.lastIndexOf('/') + 1).replace(/\?.*/, '');
  save(await received(answer, progress), name);
}

async function received(answer: Response, progress?: (bytes: number) => void): Promise<Blob> {
  let bytes = 0;
  const counted = answer.body!.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, next) {
      progress?.((bytes += piece.byteLength));
      next.enqueue(piece);
    },
  }));
  return new Response(counted, { headers: answer.headers }).blob();
}

/** Hands something to the browser to be kept as a file. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What the server answered, where success is all there is: everything else was thrown before. */
export async function data<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** The same with the version that a change is to be of. */
export async function versioned<T>(answer: Promise<{ data?: T; response: Response }>): Promise<{ value: T; version: string | null }> {
  const { data: value, response } = await answer;
  return { value: value as T, version: response.headers.get('ETag') };
}

/** Sends a file as it is. */
export async function sendFile<T>(method: 'POST' | 'PUT', path: string, file: File, type: string): Promise<T> {
  const answer = await send(new Request(path, { method, headers: { ...commonHeaders(), 'Content-Type': type }, body: file, credentials: 'same-origin' }));
  if (!answer.ok) throw await faultOf(answer);
  return (await answer.json()) as T;
}
