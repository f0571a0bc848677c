// The same services, built by the same code, but as charts of one cdk8s App that `app.synth()` writes: what a cdk8s user
// does with one blueprint after the other.
// Usage: node one-app.js <project folder> <environment> <output folder>
const { App, Chart } = require('cdk8s');
const { buildService } = require('../../../build/lib/blueprint/service-blueprint');
const { throwIfAny } = require('../../../build/lib/core/problem');
const { Project } = require('../../../build/lib/fleet/project');

const [folder, environment, outdir] = process.argv.slice(2);
const rendering = Project.load(folder).in(environment);
throwIfAny(rendering.problems());

const app = new App({ outdir });
for (const name of rendering.names) {
  const chart = new Chart(app, name, { disableResourceNameHashes: true });
  throwIfAny(buildService(chart, rendering.resolved(name)));
}
app.synth();
