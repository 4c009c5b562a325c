"""Every write of the app, by noun: `uploads`, `checking`, `decisions`, `acceptance`, `suppliers`, `enquiries`."""
