const callError = 4; // OCPP-J 1.6 §4.2.3

/** What a message says, without the array of OCPP-J around it; undefined where it is no JSON. */
export function contentOf(text: string): unknown {
  try {
    const message = JSON.parse(text) as unknown;
    if (!Array.isArray(message) || message.length < 3) return message;
    return message[0] === callError ? { errorCode: message[2] as unknown, errorDescription: message[3] as unknown, errorDetails: message[4] as unknown } : message.at(-1);
  } catch {
    return undefined;
  }
}

/** One place of a message, with what stands there in either. */
export interface Difference {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/** The places where two messages are not the same, in the order of the later one; what is gone stands last. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [was, is] = [leaves(before), leaves(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .map(path => ({ path, before: was.get(path), after: is.get(path) }))
    .filter(one => one.before !== one.after);
}

/** Every value that has none below it, by its path. */
function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  const below = membersOf(value);
  if (below.length === 0) found.set(path, JSON.stringify(value));
  for (const [name, member] of below) leaves(member, Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`, found);
  return found;
}

/** The members of an object or the elements of an array; none of anything else. */
export const membersOf = (value: unknown): [string, unknown][] => (typeof value === 'object' && value !== null ? Object.entries(value) : []);
