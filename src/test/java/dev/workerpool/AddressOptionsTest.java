package dev.workerpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.workerpool.broker.AddressRules;
import dev.workerpool.broker.Cidr;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class AddressOptionsTest {
    private final RunCommand run = new RunCommand();

    @Test
    void both_may_be_repeated_and_take_several() {
        new CommandLine(run)
                .parseArgs(
                        "--allow-address=127.0.0.0/8,::1", "--allow-address", "10.96.0.1", "--deny-address=10.0.0.0/8");
        assertEquals(
                new AddressRules(blocks("127.0.0.0/8", "::1/128", "10.96.0.1/32"), blocks("10.0.0.0/8")),
                run.addresses.rules());
    }

    @Test
    void without_them_the_usual_is_refused_and_nothing_else() {
        new CommandLine(run).parseArgs();
        assertEquals(AddressRules.NONE, run.addresses.rules());
    }

    @Test
    void a_mistake_is_told_with_the_option_and_its_cure() {
        ParameterException mistake = assertThrows(
                ParameterException.class, () -> new CommandLine(run).parseArgs("--deny-address=10.1.2.3/8"));
        String said = String.valueOf(mistake.getMessage());
        assertTrue(said.contains("--deny-address"), said);
        assertTrue(
                said.endsWith("10.1.2.3/8: its address has bits beyond its length; write 10.0.0.0/8, or 10.1.2.3/32 "
                        + "for the one address"),
                said);
    }

    private static List<Cidr> blocks(String... texts) {
        return List.of(texts).stream().map(Cidr::parse).toList();
    }
}
