import { literal, objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { imagesWhere, isFrom } from '../images';

const DIGEST = literal('@sha(256:[a-f0-9]{64}|512:[a-f0-9]{128})$');

/** An image without a version is told by image-tag. */
const hasVersion = (image: string): string => `!(${image}.find(":[^/]+$") in ["", ":latest"])`;

export const imageDigest = objectPolicy({
  id: 'image-digest',
  category: 'security',
  title: 'Images are pinned by digest',
  kinds: PODS,
  // What was just built here has no digest before it is pushed.
  parameters: { allowTags: ['localhost'] },
  offenders: imagesWhere(
    (image) =>
      `!${image}.matches(${DIGEST}) && (${image}.contains("@") || ${hasVersion(image)}) && !${isFrom('variables.allowTags', image)}`,
  ),
  message: 'is not pinned by digest: whoever can push the tag changes what runs, without a deployment',
  fix: 'add the digest that the tag has now, such as ghcr.io/acme/web:1.0.0@sha256:...',
});
