/** Names of the elements of `xml` in order; throws where it is not well-formed. Enough for what we write ourselves. */
export function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const token =
    /<(\/?)([A-Za-z][\w-]*)((?: [\w:-]+="(?:[^<"&]|&(?:amp|lt|gt|quot|#39);)*")*)(\/?)>|(?:[^<>&]|&(?:amp|lt|gt|quot|#39);)+/gy;
  while (token.lastIndex < xml.length) {
    const start = token.lastIndex;
    const match = token.exec(xml);
    if (!match) throw new Error(`not well-formed at: ${xml.slice(start, start + 60)}`);
    const [, closing, name, attributes = '', empty] = match;
    if (name === undefined) continue;
    const keys = [...attributes.matchAll(/ ([\w:-]+)="/g)].map(([, key]) => key);
    if (new Set(keys).size < keys.length) throw new Error(`an attribute of <${name}> is there twice`);
    if (closing === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
    } else {
      names.push(name);
      if (empty === '') open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`<${open.join('><')}> is left open`);
  return names;
}
