/**
 * A delivery's text made readable. JSON is set out in lines by its own punctuation, not by reading and writing it anew: that
 * would round long numbers and drop repeated names, and this is shown as what really came.
 */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gu;
const INDENT = '  ';

/** More characters than this are not put on the page. */
export const SHOWN_AT_MOST = 200_000;

export function pretty(raw: string): string {
  if (!isJson(raw)) return raw;
  const tokens = raw.match(TOKENS) ?? [];
  let depth = 0;
  let out = '';
  const line = () => `\n${INDENT.repeat(depth)}`;
  tokens.forEach((token, index) => {
    const opens = tokens[index - 1] === '{' || tokens[index - 1] === '[';
    if (token === '{' || token === '[') {
      if (opens) out += line();
      depth += 1;
      out += token;
    } else if (token === '}' || token === ']') {
      depth -= 1;
      out += opens ? token : line() + token;
    } else if (token === ',') {
      out += token + line();
    } else if (token === ':') {
      out += ': ';
    } else {
      out += opens ? line() + token : token;
    }
  });
  return out;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
