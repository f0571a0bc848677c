export { toDot } from './dot';
export { toGraphJson } from './json';
export { toMermaid } from './mermaid';
export { toSvg } from './svg';
