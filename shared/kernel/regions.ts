/** The regions that projects serve from their hubs: the sub-regions of the United Nations (M49), with the neighbourhoods of the Council of Europe's projects in their own. */
export const REGIONS = [
  'southEastEurope',
  'easternEurope',
  'europe',
  'middleEastNorthAfrica',
  'westCentralAfrica',
  'eastSouthernAfrica',
  'asia',
  'pacific',
  'latinAmerica',
  'caribbean',
  'northAmerica',
] as const;
export type Region = (typeof REGIONS)[number];

const COUNTRIES: Readonly<Record<Region, string>> = {
  southEastEurope: 'AL BA ME MK RS TR XK',
  easternEurope: 'AM AZ BY GE MD RU UA',
  europe:
    'AD AT AX BE BG CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MT NL NO PL PT RO SE SI SJ SK SM VA',
  middleEastNorthAfrica: 'AE BH DZ EG EH IL IQ JO KW LB LY MA OM PS QA SA SY TN YE',
  westCentralAfrica: 'AO BF BJ CD CF CG CI CM CV GA GH GM GN GQ GW LR ML MR NE NG SH SL SN ST TD TG',
  eastSouthernAfrica: 'BI BW DJ ER ET IO KE KM LS MG MU MW MZ NA RE RW SC SD SO SS SZ TF TZ UG YT ZA ZM ZW',
  asia: 'AF BD BN BT CN HK ID IN IR JP KG KH KP KR KZ LA LK MM MN MO MV MY NP PH PK SG TH TJ TL TM TW UZ VN',
  pacific: 'AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS',
  latinAmerica: 'AR BO BR BV BZ CL CO CR EC FK GF GS GT GY HN MX NI PA PE PY SR SV UY VE',
  caribbean: 'AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI',
  northAmerica: 'BM CA GL PM US',
};

const REGION_OF = new Map(REGIONS.flatMap((region) => COUNTRIES[region].split(' ').map((code) => [code, region] as const)));

/** Returns the region in which a country lies; null of a code that is none of ours, and of Antarctica, which is in none. */
export function regionOf(code: string): Region | null {
  return REGION_OF.get(code) ?? null;
}
