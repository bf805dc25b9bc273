"""Units of measurement that convert into one another exactly: 2 GW are 2,000 MW.

Only the spellings listed here convert, and only inside one physical dimension. A parser's guess
is no ground for a verdict: Pint reads "units" as micronits of luminance, "points" as a length of
type, "kt" as knots, "a" as years, "tons" as American short tons and "pounds" as a mass. So what
we count (people, homes, units of hardware), shares (percent, percentage_point) and currencies
compare with themselves alone. Left out on purpose:

- months and years, which are not of one length;
- acres, gallons, barrels, tons and pounds, of which there are several;
- bytes and bits, which Pint counts as plain numbers, and whose "kilo" is 1000 or 1024;
- degrees of temperature: their zeros differ, so a level and a rise convert differently.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

# Pint's name of a unit, and how it may be written here; case counts (mW is not MW).
_SPELLINGS = {
    "millimetre": "mm, millimetre, millimetres, millimeter, millimeters",
    "centimetre": "cm, centimetre, centimetres, centimeter, centimeters",
    "metre": "m, metre, metres, meter, meters",
    "kilometre": "km, kilometre, kilometres, kilometer, kilometers",
    "inch": "inch, inches",
    "foot": "ft, foot, feet",
    "yard": "yard, yards",
    "mile": "mile, miles",
    "metre ** 2": "m2, square metre, square metres, square meter, square meters",
    "hectare": "ha, hectare, hectares",
    "kilometre ** 2": "km2, square kilometre, square kilometres, square kilometer, "
    "square kilometers",
    "mile ** 2": "square mile, square miles",
    "millilitre": "ml, mL, millilitre, millilitres, milliliter, milliliters",
    "litre": "l, L, litre, litres, liter, liters",
    "metre ** 3": "m3, cubic metre, cubic metres, cubic meter, cubic meters",
    "kilometre ** 3": "km3, cubic kilometre, cubic kilometres, cubic kilometer, cubic kilometers",
    "milligram": "mg, milligram, milligrams",
    "gram": "g, gram, grams",
    "kilogram": "kg, kilogram, kilograms",
    "tonne": "t, tonne, tonnes, metric ton, metric tons",
    "kilotonne": "kilotonne, kilotonnes, thousand tonnes",
    "megatonne": "Mt, megatonne, megatonnes, million tonnes",
    "gigatonne": "Gt, gigatonne, gigatonnes, billion tonnes",
    "second": "s, second, seconds",
    "minute": "min, minute, minutes",
    "hour": "h, hour, hours",
    "day": "day, days",
    "week": "week, weeks",
    "metre / second": "m/s, metres per second, meters per second",
    "kilometre / hour": "km/h, kilometres per hour, kilometers per hour",
    "mile / hour": "mph, miles per hour",
    "watt": "W, watt, watts",
    "kilowatt": "kW, kilowatt, kilowatts",
    "megawatt": "MW, megawatt, megawatts",
    "gigawatt": "GW, gigawatt, gigawatts",
    "terawatt": "TW, terawatt, terawatts",
    "joule": "J, joule, joules",
    "kilojoule": "kJ, kilojoule, kilojoules",
    "megajoule": "MJ, megajoule, megajoules",
    "gigajoule": "GJ, gigajoule, gigajoules",
    "terajoule": "TJ, terajoule, terajoules",
    "petajoule": "PJ, petajoule, petajoules",
    "watt * hour": "Wh, watt hour, watt hours, watt-hour, watt-hours",
    "kilowatt * hour": "kWh, kilowatt hour, kilowatt hours, kilowatt-hour, kilowatt-hours",
    "megawatt * hour": "MWh, megawatt hour, megawatt hours, megawatt-hour, megawatt-hours",
    "gigawatt * hour": "GWh, gigawatt hour, gigawatt hours, gigawatt-hour, gigawatt-hours",
    "terawatt * hour": "TWh, terawatt hour, terawatt hours, terawatt-hour, terawatt-hours",
}
UNITS = {
    spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings.split(", ")
}
"""Pint's name for every spelling that converts."""


def ratio(unit: str, into: str) -> Fraction | None:
    """How many of ``into`` are one of ``unit``, exactly; 1 for a unit and itself.

    None where they do not convert. Every unit listed is a rational number of the others of its
    dimension (1 m/s is 18/5 km/h), so this is a fraction, and nothing is ever rounded.
    """
    if unit == into:
        return Fraction(1)
    if unit not in UNITS or into not in UNITS:
        return None
    (dimension, size), (other_dimension, other_size) = _sizes()[unit], _sizes()[into]
    return size / other_size if dimension == other_dimension else None


@cache
def _sizes() -> Mapping[str, tuple[object, Fraction]]:
    """The dimension of each spelling, and its size in the base unit of that.

    Filled when two units are first compared: most processes never do, and Pint takes a third of
    a second. Threads that meet here each make a registry of their own and the same table, and
    what is read afterwards is a plain dict.
    """
    from pint import UnitRegistry

    registry: Any = UnitRegistry(non_int_type=Fraction)
    known: dict[str, tuple[object, Fraction]] = {}
    for name in _SPELLINGS:
        size: Any = registry.get_base_units(name)[0]  # an int where it is a base unit
        known[name] = registry.get_dimensionality(name), Fraction(size)
    return {spelling: known[name] for spelling, name in UNITS.items()}
