/** The parts of JSON schema that requests of OCPP are described with. */
export interface Schema {
  type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  enum?: string[];
  format?: 'uri' | 'date-time';
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** What is wrong with a value, by the path of its member; a word of the console's language file, with what it needs. */
export interface Problem {
  path: string;
  word: 'missing' | 'type' | 'length' | 'range' | 'choice' | 'count' | 'unknown' | 'moment';
  limit?: string | number;
}

/** The least that is asked for: members that have to be there, each as empty as it may be. */
export function startOf(schema: Schema): Json {
  switch (schema.type) {
    case 'object': return Object.fromEntries((schema.required ?? []).map(name => [name, startOf(schema.properties![name]!)]));
    case 'array': return Array.from({ length: schema.minItems ?? 0 }, () => startOf(schema.items!));
    case 'boolean': return false;
    case 'string': return schema.enum?.[0] ?? '';
    default: return Math.max(0, schema.minimum ?? 0);
  }
}

/** What keeps a value from being one that the schema describes; nothing when it is. */
export function problemsOf(schema: Schema, value: Json, path = ''): Problem[] {
  const inner = (name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);
  switch (schema.type) {
    case 'object': {
      if (value === null || typeof value !== 'object' || Array.isArray(value)) return [{ path, word: 'type', limit: 'object' }];
      const known = schema.properties ?? {};
      return [
        ...(schema.required ?? []).filter(name => value[name] === undefined).map((name): Problem => ({ path: inner(name), word: 'missing' })),
        ...Object.entries(value).flatMap(([name, member]): Problem[] =>
          known[name] ? problemsOf(known[name], member, inner(name)) : [{ path: inner(name), word: 'unknown' }]),
      ];
    }
    case 'array':
      if (!Array.isArray(value)) return [{ path, word: 'type', limit: 'array' }];
      return [
        ...(value.length < (schema.minItems ?? 0) ? [{ path, word: 'count', limit: schema.minItems! } as Problem] : []),
        ...value.flatMap((item, at) => problemsOf(schema.items!, item, inner(at))),
      ];
    case 'boolean': return typeof value === 'boolean' ? [] : [{ path, word: 'type', limit: 'boolean' }];
    case 'string': return typeof value === 'string' ? textProblems(schema, value, path) : [{ path, word: 'type', limit: 'string' }];
    default: return numberProblems(schema, value, path);
  }
}

function textProblems(schema: Schema, value: string, path: string): Problem[] {
  if (schema.enum && !schema.enum.includes(value)) return [{ path, word: 'choice', limit: schema.enum.join(', ') }];
  if (schema.maxLength !== undefined && [...value].length > schema.maxLength) return [{ path, word: 'length', limit: schema.maxLength }];
  if (schema.format === 'date-time' && Number.isNaN(Date.parse(value))) return [{ path, word: 'moment' }];
  return [];
}

function numberProblems(schema: Schema, value: Json, path: string): Problem[] {
  if (typeof value !== 'number' || (schema.type === 'integer' && !Number.isInteger(value))) return [{ path, word: 'type', limit: schema.type }];
  const [least, most] = [schema.minimum ?? -Infinity, schema.maximum ?? Infinity];
  return value < least || value > most ? [{ path, word: 'range', limit: `${least} … ${most}` }] : [];
}

/** A request as it may be kept: the key that a charger is to identify itself with is nobody else's to read. */
export const withoutSecret = (request: JsonObject): JsonObject =>
  typeof request.key === 'string' && request.key.toLowerCase() === 'authorizationkey' ? { ...request, value: '' } : request;
