const { PolicyPack } = require('@pulumi/policy');

/** One rule, to show that the engine asks a pack and obeys it; the real packs are tested by their own suites. */
new PolicyPack('testbed', {
  enforcementLevel: 'mandatory',
  policies: [
    {
      name: 'no-floating-image',
      description: 'every image has a tag of its own',
      validateResource: (args, reportViolation) => {
        if (args.type !== 'kubernetes:apps/v1:Deployment') return;
        for (const container of args.props.spec.template.spec.containers) {
          if (!/[:@]/.test(container.image)) reportViolation(`image "${container.image}" has no tag`);
        }
      },
    },
  ],
});
