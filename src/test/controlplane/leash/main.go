// Command leash runs a program for as long as its own standard input stays open: when whoever started it ends,
// however it ends, the kernel closes the pipe and the program goes with it.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
)

func main() {
	child := exec.Command(os.Args[1], os.Args[2:]...)
	child.Stdout, child.Stderr = os.Stdout, os.Stderr
	if err := child.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "leash:", err)
		os.Exit(127)
	}
	go func() {
		io.Copy(io.Discard, os.Stdin)
		// What it holds is thrown away with the test run, so there is nothing to shut down gently.
		child.Process.Kill()
	}()
	child.Wait()
	os.Exit(child.ProcessState.ExitCode())
}
