import java.io.IOException;

/** Runs root.sh with the JDK that runs this: a build finds its JDK by a toolchain, which a shell does not know. */
final class Root {
    private Root() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(new ProcessBuilder("sh", args[0], System.getProperty("java.home"), args[1])
                .inheritIO()
                .start()
                .waitFor());
    }
}
