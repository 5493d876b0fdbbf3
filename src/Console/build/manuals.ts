import { dirname, resolve } from 'node:path';
import { marked } from 'marked';
import type { Plugin } from 'vite';

const picture = /<img src="(images\/[a-z]+\.png)"/g;
const link = /<a href="([^"#:]+)\.md">(.*?)<\/a>/g;
const manual = /^(operator|administrator)$/;

/**
 * Makes modules of the manuals: their text as HTML and their pictures as files with a hash. Links to each other lead to each other;
 * other documents are not in the console, and stay as words.
 */
export function manuals(): Plugin {
  return {
    name: 'manuals',
    transform(text, id) {
      if (!id.endsWith('.md')) return undefined;
      const pictures: string[] = [];
      const html = (marked.parse(text, { async: false }) as string)
        .replace(link, (_, name: string, words: string) => (manual.test(name) ? `<a href="${name}">${words}</a>` : words))
        .replace(/<table>/g, '<div class="scroll" tabindex="0" role="group"><table>').replace(/<\/table>/g, '</table></div>')
        .replace(picture, (_, path: string) => `<img loading="lazy" src="@${pictures.push(resolve(dirname(id), path)) - 1}@"`);
      const imports = pictures.map((path, at) => `import p${at} from ${JSON.stringify(path)};`).join('\n');
      const filled = pictures.map((_, at) => `.replace("@${at}@", p${at})`).join('');
      return { code: `${imports}\nexport default ${JSON.stringify(html)}${filled};`, map: null };
    },
  };
}
