import type { Setting, SettingFigures } from '../../three-layer/settings.ts';
import type { ThreeLayerFigures } from '../../three-layer.ts';

/** One of the four trainings of `three-layer`. */
export function settingOf(
  { settings }: ThreeLayerFigures,
  network: Setting['network'],
  rate: number,
): SettingFigures {
  const found = settings.find((setting) => setting.network === network && setting.rate === rate);
  if (found) return found;
  const there = settings.map((setting) => `${setting.network} at ${setting.rate}`).join(', ');
  throw new RangeError(`three-layer: got no ${network} at rate ${rate}; there are ${there}`);
}
