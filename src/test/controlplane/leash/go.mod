module workerpool.dev/test-leash

go 1.25.0
