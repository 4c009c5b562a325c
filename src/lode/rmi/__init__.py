"""The Responsible Minerals Initiative's templates: CMRT, EMRT, CRT, AMRT."""
