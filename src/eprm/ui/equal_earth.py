"""The Equal Earth projection onto a map 1,000 pixels wide: areas true, shapes calm.

Source: Šavrič, Patterson, Jenny, "The Equal Earth map projection", IJGIS 33 (2018), equations 7 to 10.
"""

from math import asin, cos, radians, sin, sqrt

WIDTH = 1000
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
# Half the width of the unprojected plane: the equator at 180 degrees.
_HALF = 3.141592653589793 / (_M * _A1)
_SCALE = WIDTH / (2 * _HALF)
# The equator's y. No land but Antarctica lies below the map's foot, at 56 degrees south.
_EQUATOR = 236.0


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees north and east to pixels right and down."""
    theta = asin(_M * sin(radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    x = radians(longitude) * cos(theta) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return (_HALF + x) * _SCALE, _EQUATOR - y * _SCALE
