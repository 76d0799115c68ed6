package dev.workerpool;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/** How this process logs: by one of the configurations beside the classes. */
final class Logging {
    private Logging() {}

    /** @param configuration json or text for the operator, quiet for commands that speak for themselves */
    static void configure(String configuration) throws JoranException {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Logging.class.getResource("/logging/" + configuration + ".xml"));
    }
}
