import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { imagesWhere } from '../images';

export const imageTag = objectPolicy({
  id: 'image-tag',
  category: 'security',
  title: 'Images name a version',
  kinds: PODS,
  offenders: imagesWhere(
    (image) => `${image}.matches(":latest(@|$)") || !(${image}.contains("@") || ${image}.matches(":[^/]+$"))`,
  ),
  message: 'says latest, or nothing: nobody can tell which version runs, and two pods may run two',
  fix: 'name the version and its digest, such as ghcr.io/acme/web:1.0.0@sha256:...',
});
