import { objectPolicy } from '../../../lib/policy';
import { PODS } from '../../kinds';
import { imagesWhere, isFrom } from '../images';

export const imageRegistry = objectPolicy({
  id: 'image-registry',
  category: 'security',
  title: 'Images come from a named and allowed registry',
  kinds: PODS,
  parameters: { registries: [] },
  offenders: imagesWhere(
    (image) =>
      `!(size(variables.registries) == 0 ? ${image}.matches("^([^/]+[.:][^/]*|localhost)/") : ${isFrom('variables.registries', image)})`,
  ),
  message: 'is not from a registry that is allowed',
  fix: 'copy the image to an allowed registry, and name the registry in full',
});
