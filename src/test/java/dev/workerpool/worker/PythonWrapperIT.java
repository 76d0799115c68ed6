package dev.workerpool.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.testing.trust.Ran;
import dev.workerpool.testing.trust.WrappedCommand;
import dev.workerpool.testing.trust.WrapperContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonWrapperIT extends WrapperContract {
    private static final PythonCode CODE = new PythonCode();

    @Override
    protected WrappedCommand language() {
        return CODE;
    }

    @Test
    void theImagesOwnPythonPathComesBehindTheMountedCode() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.writeString(images.resolve("theirs.py"), "print('theirs')");
        Ran ran = python("import os, theirs; print(os.environ['PYTHONPATH'])", images);
        assertEquals(
                List.of("theirs", CODE.folder() + ":" + images),
                ran.out().lines().toList(),
                ran::err);
    }

    @Test
    void theImagesOwnSitecustomizeRunsAsIfItWereTheOnlyOne() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.writeString(
                images.resolve("sitecustomize.py"),
                "import sys; sys.path.append('/added'); print('ran', __name__, __spec__.name, __file__)");
        Ran ran =
                python("import sys, sitecustomize; print(sitecustomize.__file__); print('/added' in sys.path)", images);
        String theirs = images.resolve("sitecustomize.py").toString();
        // Once in the wrapper's own Python, once in the command's.
        String once = "ran sitecustomize sitecustomize " + theirs;
        assertEquals(List.of(once, once, theirs, "True"), ran.out().lines().toList(), ran::err);
    }

    @Test
    void anErrorInTheImagesOwnSitecustomizeEndsAsPythonEndsIt() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.writeString(images.resolve("sitecustomize.py"), "raise RuntimeError('theirs')");
        Ran ran = python("print('app')", images);
        Ran bare = Ran.command(Map.of("PYTHONPATH", images.toString()), PythonCode.script("print('app')"));
        assertEquals("app", ran.out().strip());
        assertTrue(bare.err().contains("RuntimeError: theirs"), bare::err);
        assertEquals(bare.err() + bare.err(), ran.err());
    }

    @Test
    void nothingOfTheMountedFolderIsFoundInPlaceOfTheAppsModules() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.writeString(images.resolve("run.py"), "print('their run.py')");
        Ran ran = python(
                "import run, importlib.util as u; print('%s' in str(u.find_spec('sitecustomize')))"
                        .formatted(CODE.folder()),
                images);
        assertEquals(List.of("their run.py", "False"), ran.out().lines().toList(), ran::err);
    }

    @Test
    void aFolderOfLinksAsAMountedConfigMapIsWorksAsWell() throws IOException {
        Path mounted = Files.createDirectory(folder.resolve("code"));
        Path version = Files.createDirectory(mounted.resolve("..2026"));
        Files.createSymbolicLink(mounted.resolve("..data"), version.getFileName());
        for (String file : List.of("run.py", "sitecustomize.py", "workerpool_trust.py", "workerpool_signing.py")) {
            Files.copy(CODE.folder().resolve(file), version.resolve(file));
            Files.createSymbolicLink(mounted.resolve(file), Path.of("..data", file));
        }
        Ran ran = Ran.command(
                trust(),
                List.of(
                        PythonCode.interpreter(),
                        mounted.resolve("run.py").toString(),
                        PythonCode.interpreter(),
                        "-c",
                        "import os, sys; print(os.environ['PYTHONPATH'], 'workerpool_trust' in sys.modules, sys.path)"));
        assertTrue(ran.out().startsWith(mounted + " True"), ran::toString);
        assertEquals(ran.out().indexOf(mounted.toString()), ran.out().lastIndexOf(mounted.toString()));
    }

    @Test
    void anAppThatHasNoRedisLoadsNeitherRedisNorSsl() {
        Ran ran = Ran.command(
                trust(), wrapped(PythonCode.script("import sys; print({'redis', 'ssl', '_ssl'} & set(sys.modules))")));
        assertEquals("set()", ran.out().strip(), ran::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-I", "-E", "-S", "-OEs", "-WignoreXI -S", "-X dev -I"})
    void aPythonThatWouldNotLoadTheCodeIsRefused(String options) {
        List<String> words = new ArrayList<>(List.of(PythonCode.interpreter()));
        words.addAll(List.of(options.split(" ")));
        words.addAll(List.of("-c", "print('app')"));
        Ran ran = Ran.command(trust(), wrapped(words));
        assertEquals(78, ran.code(), ran::err);
        assertEquals("", ran.out());
        assertEquals(1, ran.err().lines().count(), ran::err);
    }

    @Test
    void aScriptWhoseFirstLineAsksForSuchAPythonIsRefused() throws IOException {
        Path script = folder.resolve("celery");
        Files.writeString(script, "#!" + PythonCode.interpreter() + " -sE\nprint('app')\n");
        assertTrue(script.toFile().setExecutable(true));
        Map<String, String> variables = new HashMap<>(trust());
        variables.put("PATH", folder + ":" + System.getenv("PATH"));
        Ran ran = Ran.command(variables, wrapped(List.of("celery", "worker")));
        assertEquals(78, ran.code(), ran::err);
        assertEquals("", ran.out());
    }

    @Test
    void otherOptionsOfPythonAreLeftAlone() {
        List<String> words =
                List.of(PythonCode.interpreter(), "-W", "ignore", "-Xdev", "-u", "-c", "print('app')", "-E", "-I");
        Ran ran = Ran.command(trust(), wrapped(words));
        assertEquals("app", ran.out().strip(), ran::err);
    }

    @Test
    void theCommandGetsTheSignalsThatPythonIgnores() {
        List<String> command = List.of("sh", "-c", "grep SigIgn /proc/self/status");
        Ran ran = Ran.command(trust(), wrapped(command));
        assertEquals(Ran.command(Map.of(), command).out(), ran.out(), ran::err);
    }

    private Ran python(String code, Path imagesPythonPath) {
        Map<String, String> variables = new HashMap<>(trust());
        variables.put("PYTHONPATH", imagesPythonPath.toString());
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        return Ran.command(variables, wrapped(PythonCode.script(code)));
    }
}
