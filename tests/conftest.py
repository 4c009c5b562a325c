"""Standing here, this file lets every test import the modules beside it (`workbooks`, `factories`)."""
