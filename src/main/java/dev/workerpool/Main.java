package dev.workerpool;

/** The command line of the operator. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("workerpool");
    }
}
