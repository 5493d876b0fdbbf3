import { describe, expect, it } from 'vitest';
import en from './en.json';
import fr from './fr.json';

type Words = { [name: string]: string | Words };

/** Names with the places that are filled in, so that a translation can lose neither. French counts many apart, English does not. */
function placesOf(words: Words, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, word] of Object.entries(words)) {
    if (typeof word !== 'string') for (const [inner, places] of placesOf(word, `${path}${name}.`)) found.set(inner, places);
    else if (!name.endsWith('_many')) found.set(`${path}${name}`, [...word.matchAll(/\{\{\w+\}\}/g)].map(match => match[0]).sort().join());
  }
  return found;
}

describe('both languages', () => {
  it('have the same words with the same places', () => expect(placesOf(fr)).toEqual(placesOf(en)));

  it('have no empty word', () => {
    const texts = JSON.stringify([en, fr]);
    expect(texts).not.toContain('""');
  });
});
