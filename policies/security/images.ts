import { containersWhere, hasPath, volumesWhere } from '../../lib/policy';

/** Paths of the images of containers, and of volumes made of an image, that are bad. */
export function imagesWhere(bad: (image: string) => string): string {
  const ofContainers = containersWhere('all', `has(c.image) && (${bad('c.image')})`, 'image');
  const reference = 'image/reference';
  const ofVolumes = volumesWhere(`${hasPath('v', reference)} && (${bad('v.image.reference')})`, reference);
  return `${ofContainers} + ${ofVolumes}`;
}

/** Whether an image is from one of these registries, or beginnings of repositories; `ghcr.io/ac` is not one of `ghcr.io/acme`. */
export function isFrom(places: string, image: string): string {
  const repository = `[${image}.find("^([^/@]+/)*[^/:@]+")]`;
  return `${repository}.exists(repository, ${places}.exists(p, repository == p || repository.startsWith(p + "/")))`;
}
