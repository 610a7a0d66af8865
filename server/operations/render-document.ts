import { Marked } from 'marked';
import type { DocumentFolder } from './documents.ts';

/** The folder that a document stands in, and the addresses of all that are served. */
export type DocumentPlace = { folder: DocumentFolder; served: ReadonlySet<string> };

/** A document's heading, and the rest as HTML whose links lead to what is served here, or nowhere. */
export function renderDocument(markdown: string, place: DocumentPlace): { heading: string; html: string } {
  const heading = /^# (.+)$/m.exec(markdown)?.[1] ?? 'Leveret';
  const html = readerOf(place).parse(markdown.replace(/^# .+$/m, ''), { async: false });
  return { heading, html };
}

function readerOf(place: DocumentPlace): Marked {
  return new Marked({
    renderer: {
      // Documents are text: what looks like an element in one is an example.
      html: ({ text }) => escape(text),
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        const address = addressOf(href, place);
        return address === undefined ? words : `<a href="${escape(address)}">${words}</a>`;
      },
      image: ({ text }) => escape(text),
      code: ({ text }) => `<pre tabindex="0"><code>${escape(text)}\n</code></pre>\n`,
      table({ header, rows }) {
        const row = (cells: typeof header) =>
          `<tr>${cells.map((cell) => this.tablecell(cell)).join('')}</tr>\n`;
        const table = `<thead>${row(header)}</thead><tbody>${rows.map(row).join('')}</tbody>`;
        // Wider than a phone, it is moved by itself, also by the keyboard.
        return `<div class="table" role="group" aria-label="Table" tabindex="0">
          <table>${table}</table></div>\n`;
      },
      tablecell({ tokens, header }) {
        const words = this.parser.parseInline(tokens);
        if (header) return words === '' ? '<td></td>' : `<th scope="col">${words}</th>`;
        return `<td>${words}</td>`;
      },
    },
  });
}

/** A link to another document leads to where it is served; one into the source leads nowhere from here. */
function addressOf(href: string, { folder, served }: DocumentPlace): string | undefined {
  if (/^(https?:\/\/|\/|#)/.test(href)) return href;
  const { pathname, hash } = new URL(href, `https://host.invalid/docs/${folder}/`);
  const address = pathname.replace(/\.md$/, '');
  return address !== pathname && served.has(address) ? address + hash : undefined;
}

/** As code hosts make it, so that links between headings work in both places. */
function anchorOf(text: string): string {
  const words = text.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, '');
  return words.trim().replaceAll(' ', '-');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
