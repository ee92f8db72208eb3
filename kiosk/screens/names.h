#pragma once
#include <string>

#include "domain/catalogue.h"
#include "domain/numbers.h"
#include "domain/rating.h"
#include "session/frame.h"
#include "widgets/icons.h"

/// What the domain's values are called on a screen, in the current language, and which picture stands for them.
namespace bangwu::screens {

[[nodiscard]] std::string words_for(domain::Domain domain);
[[nodiscard]] std::string explanation_of(domain::Domain domain);  ///< what it takes in, after Article 3
[[nodiscard]] widgets::Icon icon_of(domain::Domain domain);

[[nodiscard]] std::string words_for(domain::ApplicantKind kind);
[[nodiscard]] std::string explanation_of(domain::ApplicantKind kind);
[[nodiscard]] widgets::Icon icon_of(domain::ApplicantKind kind);

[[nodiscard]] std::string words_for(domain::IdKind kind);

[[nodiscard]] std::string words_for(const domain::RatingLevel& level);
[[nodiscard]] std::string words_for(const domain::RatingReason& reason);
[[nodiscard]] widgets::Icon face_of(const domain::RatingLevel& level);

[[nodiscard]] std::string words_for(session::NextLabel label);

/// 政务大厅二楼 B08 窗口，0519-…，周一至周五 9:00–17:00: a contact's parts as lines.
[[nodiscard]] std::string contact_lines(const domain::Contact& contact);

}  // namespace bangwu::screens
