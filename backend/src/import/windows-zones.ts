/**
 * Windows' names of time zones and the IANA zone of each, as facts from CLDR's windowsZones (the zone of territory
 * 001), with the names that older Windows used. `~` stands for ` Standard Time`.
 */
const TABLE = `
AUS Central~ = Australia/Darwin
AUS Eastern~ = Australia/Sydney
Afghanistan~ = Asia/Kabul
Alaskan~ = America/Anchorage
Aleutian~ = America/Adak
Altai~ = Asia/Barnaul
Arabian~ = Asia/Dubai
Arabic~ = Asia/Baghdad
Arab~ = Asia/Riyadh
Argentina~ = America/Argentina/Buenos_Aires
Armenian~ = Asia/Yerevan
Astrakhan~ = Europe/Astrakhan
Atlantic~ = America/Halifax
Aus Central W.~ = Australia/Eucla
Azerbaijan~ = Asia/Baku
Azores~ = Atlantic/Azores
Bahia~ = America/Bahia
Bangladesh~ = Asia/Dhaka
Belarus~ = Europe/Minsk
Bougainville~ = Pacific/Bougainville
Canada Central~ = America/Regina
Cape Verde~ = Atlantic/Cape_Verde
Caucasus~ = Asia/Yerevan
Cen. Australia~ = Australia/Adelaide
Central America~ = America/Guatemala
Central Asia~ = Asia/Almaty
Central Brazilian~ = America/Cuiaba
Central European~ = Europe/Warsaw
Central Europe~ = Europe/Budapest
Central Pacific~ = Pacific/Guadalcanal
Central~ (Mexico) = America/Mexico_City
Central~ = America/Chicago
Chatham Islands~ = Pacific/Chatham
China~ = Asia/Shanghai
Cuba~ = America/Havana
Dateline~ = Etc/GMT+12
E. Africa~ = Africa/Nairobi
E. Australia~ = Australia/Brisbane
E. Europe~ = Europe/Chisinau
E. South America~ = America/Sao_Paulo
Easter Island~ = Pacific/Easter
Eastern~ (Mexico) = America/Cancun
Eastern~ = America/New_York
Egypt~ = Africa/Cairo
Ekaterinburg~ = Asia/Yekaterinburg
FLE~ = Europe/Kyiv
Fiji~ = Pacific/Fiji
GMT~ = Europe/London
GTB~ = Europe/Bucharest
Georgian~ = Asia/Tbilisi
Greenland~ = America/Nuuk
Greenwich~ = Atlantic/Reykjavik
Haiti~ = America/Port-au-Prince
Hawaiian~ = Pacific/Honolulu
India~ = Asia/Kolkata
Iran~ = Asia/Tehran
Israel~ = Asia/Jerusalem
Jordan~ = Asia/Amman
Kaliningrad~ = Europe/Kaliningrad
Kamchatka~ = Asia/Kamchatka
Korea~ = Asia/Seoul
Libya~ = Africa/Tripoli
Line Islands~ = Pacific/Kiritimati
Lord Howe~ = Australia/Lord_Howe
Magadan~ = Asia/Magadan
Magallanes~ = America/Punta_Arenas
Marquesas~ = Pacific/Marquesas
Mauritius~ = Indian/Mauritius
Mexico~ 2 = America/Mazatlan
Mexico~ = America/Mexico_City
Mid-Atlantic~ = Etc/GMT+2
Middle East~ = Asia/Beirut
Montevideo~ = America/Montevideo
Morocco~ = Africa/Casablanca
Mountain~ (Mexico) = America/Mazatlan
Mountain~ = America/Denver
Myanmar~ = Asia/Yangon
N. Central Asia~ = Asia/Novosibirsk
Namibia~ = Africa/Windhoek
Nepal~ = Asia/Kathmandu
New Zealand~ = Pacific/Auckland
Newfoundland~ = America/St_Johns
Norfolk~ = Pacific/Norfolk
North Asia East~ = Asia/Irkutsk
North Asia~ = Asia/Krasnoyarsk
North Korea~ = Asia/Pyongyang
Omsk~ = Asia/Omsk
Pacific SA~ = America/Santiago
Pacific~ (Mexico) = America/Tijuana
Pacific~ = America/Los_Angeles
Pakistan~ = Asia/Karachi
Paraguay~ = America/Asuncion
Qyzylorda~ = Asia/Qyzylorda
Romance~ = Europe/Paris
Russia Time Zone 10 = Asia/Srednekolymsk
Russia Time Zone 11 = Asia/Kamchatka
Russia Time Zone 3 = Europe/Samara
Russian~ = Europe/Moscow
SA Eastern~ = America/Cayenne
SA Pacific~ = America/Bogota
SA Western~ = America/La_Paz
SE Asia~ = Asia/Bangkok
Saint Pierre~ = America/Miquelon
Sakhalin~ = Asia/Sakhalin
Samoa~ = Pacific/Apia
Sao Tome~ = Africa/Sao_Tome
Saratov~ = Europe/Saratov
Singapore~ = Asia/Singapore
South Africa~ = Africa/Johannesburg
South Sudan~ = Africa/Juba
Sri Lanka~ = Asia/Colombo
Sudan~ = Africa/Khartoum
Syria~ = Asia/Damascus
Taipei~ = Asia/Taipei
Tasmania~ = Australia/Hobart
Tocantins~ = America/Araguaina
Tokyo~ = Asia/Tokyo
Tomsk~ = Asia/Tomsk
Tonga~ = Pacific/Tongatapu
Transbaikal~ = Asia/Chita
Turkey~ = Europe/Istanbul
Turks And Caicos~ = America/Grand_Turk
US Eastern~ = America/Indiana/Indianapolis
US Mountain~ = America/Phoenix
UTC = UTC
UTC+12 = Etc/GMT-12
UTC+13 = Etc/GMT-13
UTC-02 = Etc/GMT+2
UTC-08 = Etc/GMT+8
UTC-09 = Etc/GMT+9
UTC-11 = Etc/GMT+11
Ulaanbaatar~ = Asia/Ulaanbaatar
Venezuela~ = America/Caracas
Vladivostok~ = Asia/Vladivostok
Volgograd~ = Europe/Volgograd
W. Australia~ = Australia/Perth
W. Central Africa~ = Africa/Lagos
W. Europe~ = Europe/Berlin
W. Mongolia~ = Asia/Hovd
West Asia~ = Asia/Tashkent
West Bank~ = Asia/Hebron
West Pacific~ = Pacific/Port_Moresby
Yakutsk~ = Asia/Yakutsk
Yukon~ = America/Whitehorse
`

const zones = new Map(
  TABLE.trim()
    .split('\n')
    .map((row): [string, string] => {
      const [name = '', zone = ''] = row.split(' = ')
      return [name.replace('~', ' Standard Time').toLowerCase(), zone]
    }),
)

/** Every IANA zone that a Windows one maps to. */
export const WINDOWS_IANA_ZONES: readonly string[] = [...new Set(zones.values())]

/** The IANA zone of a Windows one, such as `W. Europe Standard Time`; undefined for a name that Windows does not have. */
export function windowsZone(name: string): string | undefined {
  return zones.get(name.toLowerCase())
}
