/** Something the person has to install first; the message is one sentence that says what and how. */
export class MissingTool extends Error {
  constructor(tool: string, packages: string, reason: string) {
    super(
      `${tool} is missing and ${reason}: install it (${packages}) and run this again; \`npm test\` needs none of this`,
    );
    this.name = 'MissingTool';
  }
}
